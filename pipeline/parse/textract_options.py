"""How Amazon Textract is asked."""

from dataclasses import dataclass

from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class TextractOptions:
    """How Amazon Textract is asked.

    Args:
        bucket: `s3://BUCKET/PREFIX` where pages are put while a job reads them; without it each page is asked for alone.
        kms_key: that encrypts them there; the bucket's own if not given.
        features: what is looked for beside text; each costs.
        patience: seconds for which a document is waited for, throttled or not.
        first_wait: seconds until a job is looked at first, and a throttled call is repeated.
    """

    bucket: str | None = None
    kms_key: str | None = None
    features: tuple[str, ...] = ("TABLES", "FORMS")
    patience: float = 1_800.0
    first_wait: float = 1.0


def textract_options(settings: Settings) -> TextractOptions:
    """The options that follow from the settings.

    >>> textract_options(Settings(textract_features="TABLES", _env_file=None)).features
    ('TABLES',)
    """
    features = tuple(settings.textract_features.split(","))
    return TextractOptions(settings.textract_bucket, settings.s3_kms_key, features, settings.textract_patience)
