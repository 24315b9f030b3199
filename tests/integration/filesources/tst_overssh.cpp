#include "overssh.h"
#include TIDEMARK_CONTRACT_HEADER

// One program for each source; what differs is named by the build.
using Test = tidemark::test::TIDEMARK_WAY<tidemark::test::TIDEMARK_CONTRACT>;

QTEST_GUILESS_MAIN(Test)
