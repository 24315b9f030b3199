#include "secrets/corefiles.h"

#include <algorithm>
#include <sys/resource.h>

namespace tidemark {

void forbidCoreFiles()
{
    // One byte, not none: too little for a file, and the one value with which Linux calls no collector
    // either.
    constexpr rlim_t nothing = 1;
    rlimit limit {};
    ::getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_max = std::min(limit.rlim_max, nothing);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_CORE, &limit);
}

} // namespace tidemark
