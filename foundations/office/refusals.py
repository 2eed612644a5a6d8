"""What is said of a file that will not be read, where more than one of the doors may have to say it."""

from foundations.office.naming import quoted

SAVE_AGAIN = (
    "Check that it opens on your computer, save it again under a new name and upload that file."
)


def too_much(name):
    return (
        f"{quoted(name)} unpacks to far more than its size and cannot be opened safely. Copy its "
        "table into a new document or workbook, save that and upload it."
    )


def protected(name):
    return (
        f"{quoted(name)} is protected with a password. Remove the password and upload again "
        "(in Word or Excel: File, Info, Protect, Encrypt with Password, delete the password, Save)."
    )


def damaged(name):
    return f"{quoted(name)} is damaged or was not completely copied. {SAVE_AGAIN}"
