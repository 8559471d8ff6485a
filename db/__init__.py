"""What remembers: the storyboard values, their versions, conversations, pictures and the render queue."""
