"""The guided start: a few pages that ask what an owner knows first."""
