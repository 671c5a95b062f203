"""Courses and who attended them: persons where they are listed by token, person-times added up; what came of it."""
