#pragma once

#include "ports/hostreader.h"

namespace tidemark {

// Scripts for a POSIX shell that read and change nothing. What the login shell says before them is skipped:
// an answer begins at the first mark, "tidemark:" with one word, mostly "ok", to the end of the line.
inline constexpr const char *Mark = "tidemark:";

// Entries: "<kind> <size> <seconds>\0" with GNU find, kind 'x' for folders that may not be entered. Without
// it (status "slow") the same from stat(1), "<mode in hex> <size> <seconds>\n<path>\0".
[[nodiscard]] QByteArray listScript(const HostListing &listing);
// For each part "tidemark:part N", N bytes and "tidemark:end" with what went wrong, or "tidemark:<problem>"
// alone. A run of parts from the beginning of files, of one length, is one "tidemark:many N" where all can be
// read.
[[nodiscard]] QByteArray partsScript(const std::vector<HostReader::Part> &parts);
[[nodiscard]] QByteArray streamScript(const QByteArray &path, qint64 from);
[[nodiscard]] QByteArray spaceScript(const QByteArray &folder);

// How many of the parts from that place on are asked for together.
[[nodiscard]] std::size_t runLength(const std::vector<HostReader::Part> &parts, std::size_t from);

} // namespace tidemark
