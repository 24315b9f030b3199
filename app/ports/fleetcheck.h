#pragma once

#include "ports/fileproblem.h"
#include "values/error.h"

#include <qcorotask.h>

#include <stop_token>
#include <vector>

namespace tidemark {

struct FleetRemarks {
    std::vector<FileProblem> problems; // any of them forbids the file
    std::vector<FileProblem> warnings;

    bool operator==(const FleetRemarks &) const = default;
};

// Everything there is to say about a fleet file, by line. An Error only when the file cannot be read at all.
class FleetCheck
{
public:
    virtual ~FleetCheck() = default;
    [[nodiscard]] virtual QCoro::Task<Result<FleetRemarks>> check(QString path, std::stop_token stop) = 0;
};

} // namespace tidemark
