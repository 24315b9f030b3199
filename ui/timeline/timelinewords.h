#pragma once

#include "insight/findingwords.h"
#include "insight/insight.h"
#include "items/readoutmodel.h"
#include "shell/page.h"
#include "timeline/timelineitems.h"
#include "timeline/timelinescene.h"

#include <QCoreApplication>

namespace tidemark {

// What a painted thing is, in words: "3 increments", "20 Nov 10:00 to 12:00", "1 failed".
struct ItemWords {
    QString what;
    QString state;
    QString details;
    Standing standing = Standing::None;
};

// The words of the timeline: facts into sentences and cells, on the active clock.
class TimelineWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineWords)

public:
    explicit TimelineWords(PageContext context)
        : m_context(std::move(context))
    {
    }

    [[nodiscard]] LaneWords lane(const Cluster &cluster, const Objectives &objectives, const Lane &lane,
        const ClusterInsight *insight, const CatalogueFacts &facts) const;
    [[nodiscard]] Cell cell(const ReadoutRow &row, int column) const;
    [[nodiscard]] QStringList headers() const;
    // "Wed 18 Nov 16:20", with seconds and parts of them where the scale shows those
    [[nodiscard]] QString flag(Instant instant, const TimeScale &scale) const;
    [[nodiscard]] QString now(Instant instant) const; // "now 14:05 UTC"
    [[nodiscard]] QString artifact(const ArtifactFact &artifact) const; // "full 16 Nov 01:00"
    [[nodiscard]] static QString state(const ArtifactFact &artifact); // "damaged · cut in the middle"
    [[nodiscard]] ItemWords item(
        const TimelineItem &item, const Lane &lane, const CatalogueFacts &facts) const;
    [[nodiscard]] QString times(const TimelineItem &item) const; // "20 Nov 10:00 to 12:00"
    // The same as one sentence.
    [[nodiscard]] QString spoken(
        const TimelineItem &item, const Lane &lane, const CatalogueFacts &facts) const;
    [[nodiscard]] QString note(const Gap &gap) const; // "WAL gap: segment … missing since 16 Nov 09:20"
    [[nodiscard]] QString wal(const WalStretch &wal) const; // "20 segments at most, none missing"
    [[nodiscard]] QString lost(const RestorePath &path) const; // "none", "2 d 7 h", "everything"
    // "only database shop": what a path that restores only a part gives; null: not read yet
    [[nodiscard]] QString partOf(const ArtifactFact *dump) const;
    [[nodiscard]] QString newerPart(const ReadoutRow &row) const; // empty: there is none
    [[nodiscard]] QString consistency(const ReadoutRow &row) const; // of a snapshot; else empty
    [[nodiscard]] QString eachDump(const ReadoutRow &row) const; // from when to when, of several
    [[nodiscard]] static QString marks(Marker marker, int count); // "12 snapshots"
    [[nodiscard]] QString switchOver(const LaneSwitch &one) const; // "timeline 2 to 3, 11 Nov 04:10"

private:
    [[nodiscard]] ItemWords windowItem(const TimelineItem &item, const std::vector<Window> &windows) const;
    void countInto(LaneWords &words, const Lane &lane, const CatalogueFacts &facts) const;
    [[nodiscard]] QString held(const Lane &lane, const CatalogueFacts &facts, std::size_t first,
        std::size_t count, std::size_t most) const; // "dump of shop, 20 Nov 01:57; 4 more"
    [[nodiscard]] ItemWords markItem(
        const TimelineItem &item, const MarkRow &row, const ClusterFacts &facts) const;
    [[nodiscard]] QString reach(const Recoverability &known) const;
    [[nodiscard]] Cell earlier(const ReadoutRow &row) const;
    [[nodiscard]] Cell restorable(const ReadoutRow &row) const;
    [[nodiscard]] Cell get(const ReadoutRow &row) const;
    [[nodiscard]] Cell lostCell(const ReadoutRow &row) const;
    [[nodiscard]] Cell from(const ReadoutRow &row) const;

    PageContext m_context;
};

} // namespace tidemark
