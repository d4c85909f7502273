"""What the translation page asks a visitor to try, part by part."""
