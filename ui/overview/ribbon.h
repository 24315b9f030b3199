#pragma once

#include "insight/insight.h"
#include "overview/agescale.h"

namespace tidemark {

// What a pixel column of the ribbon stands for, worst last.
enum class RibbonState : quint8 {
    Empty, // nothing is there
    Checked, // any instant works, by what was checked or restored
    Listed, // any instant works, by what is only listed or was checked too long ago
    Broken // cannot be restored
};

// Columns of one state, side by side.
struct RibbonSpan {
    int from = 0;
    int to = 0; // behind the last
    RibbonState state = RibbonState::Empty;

    bool operator==(const RibbonSpan &) const = default;
};

// Points of one kind that cannot be told apart on the axis.
struct RibbonMark {
    double x = 0;
    ArtifactKind kind = ArtifactKind::Dump;
    int count = 1;

    bool operator==(const RibbonMark &) const = default;
};

struct Ribbon {
    std::vector<RibbonSpan> spans; // those that are not empty, from left to right
    std::vector<RibbonMark> marks;

    bool operator==(const Ribbon &) const = default;
};

// Folded to whole pixel columns: where several things fall into one, the worst wins, so that a gap of a
// second is still seen. Never a band for points.
[[nodiscard]] Ribbon ribbonOf(const ClusterInsight &cluster, Instant now, int width);

} // namespace tidemark
