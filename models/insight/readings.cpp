#include "insight/readings.h"

#include <algorithm>

namespace tidemark {

namespace {

// A file that is none, and a check of Barman's that fails beside whole lists, hide nothing.
bool hides(const Error &error)
{
    return error.kind != ErrorKind::Invalid && error.code != u"barman.check";
}

} // namespace

bool readWholly(const SourceFacts &source)
{
    return source.readAt
        && std::none_of(source.troubles.begin(), source.troubles.end(),
            [](const SourceTrouble &trouble) { return hides(trouble.error); });
}

} // namespace tidemark
