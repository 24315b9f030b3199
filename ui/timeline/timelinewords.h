#pragma once

#include "insight/findingwords.h"
#include "insight/insight.h"
#include "items/readoutmodel.h"
#include "shell/page.h"
#include "timeline/timelinescene.h"

#include <QCoreApplication>

namespace tidemark {

// The words of the timeline: facts into sentences and cells, on the active clock.
class TimelineWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineWords)

public:
    explicit TimelineWords(PageContext context)
        : m_context(std::move(context))
    {
    }

    [[nodiscard]] LaneWords lane(const Cluster &cluster, const ClusterInsight *insight) const;
    [[nodiscard]] Cell cell(const ReadoutRow &row, int column) const;
    [[nodiscard]] QStringList headers() const;
    [[nodiscard]] QString flag(Instant instant) const; // "Wed 18 Nov 16:20", as fine as the scale
    [[nodiscard]] QString now(Instant instant) const; // "now 14:05 UTC"
    [[nodiscard]] QString artifact(const ArtifactFact &artifact) const; // "full 16 Nov 01:00"

private:
    [[nodiscard]] QString reach(const Recoverability &known) const;
    [[nodiscard]] QString note(const Gap &gap) const;
    [[nodiscard]] Cell earlier(const ReadoutRow &row) const;
    [[nodiscard]] Cell restorable(const ReadoutRow &row) const;
    [[nodiscard]] Cell get(const ReadoutRow &row) const;
    [[nodiscard]] Cell lost(const ReadoutRow &row) const;
    [[nodiscard]] Cell from(const ReadoutRow &row) const;

    PageContext m_context;
};

// How a lane stands, as a shape.
[[nodiscard]] Glyph glyphOf(const ClusterInsight *insight);

} // namespace tidemark
