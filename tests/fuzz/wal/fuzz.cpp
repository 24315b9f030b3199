#include "targets.h"

// libFuzzer calls this; the build names the target.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, std::size_t count)
{
    static const auto run = tidemark::test::fuzzTarget(TIDEMARK_FUZZ_TARGET);
    run(QByteArrayView(bytes, static_cast<qsizetype>(count)));
    return 0;
}
