"""What every page is built from: the live stage and the parts of a lesson."""
