"""The look: signs, marks and bands everything else is drawn with, and the page that shows them."""
