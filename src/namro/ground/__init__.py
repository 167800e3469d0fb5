"""The ground floor: time, text, numbers and geometry. No Django, no models, nothing above."""
