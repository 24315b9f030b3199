#pragma once

#include "moment/momentscene.h"
#include "timeline/scaleframe.h"

#include <QPixmap>
#include <QWidget>

namespace tidemark {

// Commits a minute of all the time that is asked for, and a frame around what the view below shows.
class MomentStrip : public QWidget
{
    Q_OBJECT

public:
    explicit MomentStrip(QWidget *parent = nullptr);
    void show(const MomentScene &scene);
    void setFrame(const TimeScale &shown);
    void setTitle(const QString &title); // "Last 24 hours"
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void scaleWanted(TimeScale scale);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QRectF timeRect() const;
    void redraw();
    void paintMinutes(QPainter &painter, const QRectF &rect) const;

    MomentScene m_scene;
    TimeScale m_whole;
    ScaleFrame m_frame;
    QString m_title;
    QPixmap m_picture; // everything but the frame; null: to be drawn anew
};

} // namespace tidemark
