"""What the lab shows: each function puts one picture into the frame."""
