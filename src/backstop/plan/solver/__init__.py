"""The solver: columns of cash in, amounts out. It knows no kinds of options."""
