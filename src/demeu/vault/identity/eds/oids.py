"""Object identifiers and algorithm names of the Kazakhstan signature profile (NUC RK) and of its standards."""

GOST_KEY = "1.2.398.3.10.1.1.2.2"
GOST_CURVE = "1.2.398.3.10.1.1.2.2.1"
GOST_SIGNATURE = "1.2.398.3.10.1.1.2.3.2"
STREEBOG_512 = "1.2.398.3.10.1.3.3"
RSA_KEY = "1.2.840.113549.1.1.1"
OTHER_KEYS = {
    "1.2.398.3.10.1.1.1.1": "gost34310-2004",
    "1.2.398.3.10.1.1.2.1": "gost3410-2015-256",
    "1.2.840.10045.2.1": "ec",
}
SIGNATURE_NAMES = {
    GOST_SIGNATURE: "gost3410-2015-512",
    "1.2.398.3.10.1.1.2.3.1": "gost3410-2015-256",
    "1.2.398.3.10.1.1.1.2": "gost34310-2004",
    "1.3.6.1.4.1.6801.1.2.2": "gost34310-2004",
    "1.2.840.113549.1.1.11": "rsa-pkcs1v15-sha256",
    "1.2.840.113549.1.1.5": "rsa-pkcs1v15-sha1",
    "1.2.840.113549.1.1.12": "rsa-pkcs1v15-sha384",
    "1.2.840.113549.1.1.13": "rsa-pkcs1v15-sha512",
    "1.2.840.113549.1.1.10": "rsa-pss",
}
RSA_SHA256 = "1.2.840.113549.1.1.11"
SHA256 = "2.16.840.1.101.3.4.2.1"

CONTENT_DATA = "1.2.840.113549.1.7.1"
CONTENT_SIGNED = "1.2.840.113549.1.7.2"
ATTRIBUTE_CONTENT_TYPE = "1.2.840.113549.1.9.3"
ATTRIBUTE_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
ATTRIBUTE_SIGNING_TIME = "1.2.840.113549.1.9.5"
ATTRIBUTE_TIMESTAMP = "1.2.840.113549.1.9.16.2.14"
CONTENT_TIMESTAMP = "1.2.840.113549.1.9.16.1.4"
TIME_STAMPING = "1.3.6.1.5.5.7.3.8"

OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1"
OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2"

CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"
EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4"
OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"

BASIC_CONSTRAINTS = "2.5.29.19"
KEY_USAGE = "2.5.29.15"
EXTENDED_KEY_USAGE = "2.5.29.37"
SUBJECT_KEY_ID = "2.5.29.14"
POLICIES = "2.5.29.32"
CRL_REASON = "2.5.29.21"
CRL_ISSUING_POINT = "2.5.29.28"

# A critical extension outside this set may limit what a certificate is good for: such a certificate is refused.
UNDERSTOOD_EXTENSIONS = frozenset(
    {
        BASIC_CONSTRAINTS,
        KEY_USAGE,
        EXTENDED_KEY_USAGE,
        SUBJECT_KEY_ID,
        "2.5.29.17",  # subject alternative name: not used to tell who a person is
        "2.5.29.31",  # where lists are: configured, never taken from the certificate
        POLICIES,  # checked by the caller where a policy is required
        "2.5.29.35",
        "2.5.29.46",
        "1.3.6.1.5.5.7.1.1",
        "1.2.398.3.3.5",  # kind of key storage
    }
)

SUBJECT_FIELDS = {
    "2.5.4.3": "common_name",
    "2.5.4.4": "surname",
    "2.5.4.42": "given_name",
    "2.5.4.10": "organization",
    "2.5.4.6": "country",
    "0.9.2342.19200300.100.1.1": "uid",
}
SUBJECT_SERIAL_NUMBER = "2.5.4.5"
SUBJECT_UNIT = "2.5.4.11"

ROLES = {
    "1.2.398.3.3.4.1.1": "individual",
    "1.2.398.3.3.4.1.2": "legal_entity",
    "1.2.398.3.3.4.1.2.1": "head",
    "1.2.398.3.3.4.1.2.2": "sign_right",
    "1.2.398.3.3.4.1.2.3": "financial_sign_right",
    "1.2.398.3.3.4.1.2.4": "personnel",
    "1.2.398.3.3.4.1.2.5": "employee",
    "1.2.398.3.3.4.1.2.6": "information_system",
    "1.2.398.5.19.1.2.2.1": "treasury_client",
}

KEY_USAGES = (
    "digital_signature",
    "non_repudiation",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)

REVOCATION_REASONS = {
    0: "unspecified",
    1: "key_compromise",
    2: "ca_compromise",
    3: "affiliation_changed",
    4: "superseded",
    5: "cessation_of_operation",
    6: "certificate_hold",
    8: "remove_from_crl",
    9: "privilege_withdrawn",
    10: "aa_compromise",
}
