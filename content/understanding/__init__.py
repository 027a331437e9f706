"""What people mean by their words: tables an office may extend."""
