from foundations.vault.models.data_key import DataKey
from foundations.vault.models.stored_file import FileKey, StoredFile

__all__ = ["DataKey", "FileKey", "StoredFile"]
