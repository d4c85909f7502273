"""Networks that have published weights in the zoo or serve more than one lab."""
