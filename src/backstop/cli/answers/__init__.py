"""What each command answers: worked out by the services, told in lines and as a result."""
