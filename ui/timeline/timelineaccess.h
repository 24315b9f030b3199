#pragma once

namespace tidemark {

// Has Qt tell screen readers what a TimelineView shows: each lane is a child with its name, state and reach,
// and each band, gap, switch and mark in sight a child of its lane. May be called twice.
void installTimelineAccess();

} // namespace tidemark
