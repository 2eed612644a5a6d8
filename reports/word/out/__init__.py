from reports.word.out.looks import Looks
from reports.word.out.package import as_word

__all__ = ["Looks", "as_word"]
