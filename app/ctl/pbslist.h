#pragma once

#include "ctl/fleets.h"

namespace tidemark::ctl {

// What one backup server answered to a question for a list.
template <class T>
struct Listed {
    Source source;
    Result<PbsListing<T>> answer;
};

// Remarks that any list may need: no answer, or not all of it.
template <class T>
[[nodiscard]] std::vector<Remark> remarksOnReach(const Listed<T> &listed);

[[nodiscard]] Remark noAnswer(const Source &source, const Error &error);
[[nodiscard]] Remark notComplete(const Source &source, const std::vector<MissingRight> &missing);

template <class T>
std::vector<Remark> remarksOnReach(const Listed<T> &listed)
{
    if (!listed.answer)
        return { noAnswer(listed.source, listed.answer.error()) };
    if (!listed.answer->complete)
        return { notComplete(listed.source, listed.answer->missing) };
    return {};
}

} // namespace tidemark::ctl
