#include "shell/page.h"

namespace tidemark {

PageTable pageTable()
{
    return {};
}

} // namespace tidemark
