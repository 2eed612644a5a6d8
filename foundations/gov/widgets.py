from django import forms


class DateInput(forms.MultiWidget):
    """Three boxes. People type dates faster than they pick them, and phones show figures."""

    def __init__(self, attrs=None):
        boxes = {
            part: forms.TextInput(attrs={"inputmode": "numeric"})
            for part in ("day", "month", "year")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_):
        return f"{id_}-day" if id_ else id_
