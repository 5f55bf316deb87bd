"""What visitors ask and think of the answers, kept for the owner; nothing of who they are."""
