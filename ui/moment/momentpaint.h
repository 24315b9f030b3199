#pragma once

#include "moment/momentscene.h"
#include "theme/tokens.h"

#include <QRect>

class QPainter;

namespace tidemark {

class Theme;

// Where the parts of the view lie; heads are at the left of all of them.
struct MomentPlaces {
    MomentPlaces(const Theme &theme, const QSize &size);

    int head; // width of the words at the left
    int lane; // height of one
    QRect flags;
    QRect commits;
    QRect deleted;
    QRect axis;
    int lanes; // where they begin
};

// What a mark in a lane takes up.
struct MarkPlace {
    QRectF rect;
    bool chip = false; // in a box with its text; else a small bar
    QString text; // as it is shown, may be empty
};
[[nodiscard]] std::vector<MarkPlace> placesOf(
    const MomentLane &lane, const MomentScene &scene, const Theme &theme, const QRect &rect);

// Each paints its part into the rectangle of the time; x 0 of the scale is the rectangle's left.
struct MomentPainting {
    QPainter &painter;
    const Theme &theme;
    const MomentScene &scene;
    const MomentBars &bars;

    void commits(const QRect &rect) const;
    void deleted(const QRect &rect) const;
    void axis(const QRect &rect) const;
    void lane(const MomentLane &lane, const QRect &rect) const;
    void stop(const QRect &flags, const QRect &whole) const;
    // Hatched: not read, or undone and lost; and said in words where there is room.
    void unread(const QRect &rect) const;
    void lost(const QRect &rect) const;
    void unreadWords(const QRect &rect) const;

private:
    // The parts in sight that were not read, with what they are called.
    [[nodiscard]] std::vector<std::pair<QRectF, QString>> unreadParts(const QRect &rect) const;
    void levels(const QRect &rect, const std::vector<std::pair<double, QString>> &levels) const;
    void bar(const QRect &rect, std::size_t bucket, double share, Token token) const;
    [[nodiscard]] Token inkOf(std::size_t bucket, Token usual) const;
};

} // namespace tidemark
