# Asks the PostgreSQL of the peers' measurements, through psql.
import os
import subprocess
import sys


def run_psql(text):
    done = subprocess.run(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1",
                           os.environ["AUSTRAL_TEST_POSTGRESQL"]],
                          input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout
