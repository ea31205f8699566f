"""How buckets keep what they hold: attachments for nobody but who has a link, and not for long."""

from permissions import LINKING
from tables import KEPT

# The bucket of attachments.
ATTACHMENTS = "MediaBucket"
# Days that an attachment lives: as long as its row, which says when exactly.
LIFE = 7
# Days in which an upload in parts is completed, or given up.
UPLOAD = 1
PRIVATE = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
# What a browser's page sends and reads: a link's method and headers, a range.
CORS = {
    "AllowedMethods": {"GET", "PUT"},
    "AllowedHeaders": {"Content-Type", "Range", "X-Amz-Checksum-Sha256"},
    "ExposedHeaders": {"ETag", "Content-Range"},
}


def faults(stack):
    buckets = stack.of_type("AWS::S3::Bucket")
    policies = stack.of_type("AWS::S3::BucketPolicy")
    guarded = {str(policy.get("Bucket")) for policy in policies.values()}
    for name, bucket in buckets.items():
        for problem in _problems(stack, bucket):
            yield f"{name} {problem}"
        if f"${{{name}}}" not in guarded:
            yield f"{name} has no policy that refuses what comes without TLS"


def _problems(stack, bucket):
    private = bucket.get("PublicAccessBlockConfiguration", default={})
    for way in PRIVATE:
        if private.get(way) is not True:
            yield f"can be made public: its {way} isn't true"
    if [rule.get("ObjectOwnership") for rule in bucket.get("OwnershipControls", "Rules", default=[])] != [
        "BucketOwnerEnforced"
    ]:
        yield "has access lists: its ObjectOwnership isn't BucketOwnerEnforced"
    encryption = bucket.get("BucketEncryption", "ServerSideEncryptionConfiguration", default=[])
    if [rule.get("ServerSideEncryptionByDefault") for rule in encryption] != [{"SSEAlgorithm": "AES256"}]:
        yield "doesn't say that it is encrypted"
    for copy in ("VersioningConfiguration", "ReplicationConfiguration", "ObjectLockConfiguration", "NotificationConfiguration"):
        if bucket.get(copy):
            yield f"has a {copy}: what is deleted would live on"
    for public in ("WebsiteConfiguration", "AccessControl", "LoggingConfiguration"):
        if bucket.get(public):
            yield f"has a {public}"
    rules = [rule for rule in bucket.get("LifecycleConfiguration", "Rules", default=[]) if rule.get("Status") == "Enabled"]
    whole = [rule for rule in rules if "Prefix" not in rule and "Filter" not in rule]
    if bucket.name == ATTACHMENTS:
        if LIFE not in [rule.get("ExpirationInDays") for rule in whole]:
            yield f"doesn't delete what is {LIFE} days old"
        yield from _cors(stack, bucket)
    elif bucket.get("CorsConfiguration") or any("ExpirationInDays" in rule for rule in rules):
        yield "lets other pages in, or forgets what it serves"
    if UPLOAD not in [rule.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation") for rule in whole]:
        yield f"doesn't give up what isn't uploaded within {UPLOAD} day"
    for policy, kept in KEPT.items():
        if bucket.attributes.get(policy) != kept:
            yield f"couldn't be deleted while it holds anything: its {policy} isn't {kept}"


def _cors(stack, bucket):
    rules = bucket.get("CorsConfiguration", "CorsRules", default=[])
    # Where the functions say to browsers who may call them.
    origin = stack.resources[LINKING].get("Environment", "Variables", "ALLOWED_ORIGIN")
    if len(rules) != 1 or rules[0].get("AllowedOrigins") != [origin]:
        yield "lets other pages in than those of AllowedOrigin"
        return
    for part, wanted in CORS.items():
        if set(rules[0].get(part, [])) != wanted:
            yield f"has {part} {', '.join(rules[0].get(part, []))}, not {', '.join(sorted(wanted))}"
