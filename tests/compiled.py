"""Templates as a worker has compiled them: each test that makes an application of its own would do it anew."""

from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """In memory, by name and by what the template says."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if there is something for it."""
        if code := self.code.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self.code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
