#pragma once

#include "moment/momentscene.h"
#include "timeline/scalestrip.h"

namespace tidemark {

// Commits a minute of all the time that is asked for, and a frame around what the view below shows.
class MomentStrip : public ScaleStrip
{
    Q_OBJECT

public:
    explicit MomentStrip(QWidget *parent = nullptr);
    void show(const MomentScene &scene);
    void setTitle(const QString &title); // "Last 24 hours"
    [[nodiscard]] QSize sizeHint() const override;

protected:
    [[nodiscard]] QRectF timeRect() const override;
    [[nodiscard]] QRectF frameRoom() const override;
    void paintWords(QPainter &painter) const override;
    void paintTime(QPainter &painter, const QRectF &time) const override;

private:
    MomentScene m_scene;
    QString m_title;
};

} // namespace tidemark
