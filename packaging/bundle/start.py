"""Where the bundled program starts."""

import sys

from backstop.__main__ import main

sys.exit(main())
