"""What the lab asks a visitor to try, part by part, and how it knows that it was done."""
