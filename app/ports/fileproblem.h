#pragma once

#include <QString>

namespace tidemark {

// One mistake in a file, with its place and remedy.
struct FileProblem {
    int line = 0; // from 1; 0: the file as a whole
    int column = 0;
    QString text; // "unknown key \"enviroment\""
    QString remedy; // "did you mean \"environment\"?"

    bool operator==(const FileProblem &) const = default;
};

} // namespace tidemark
