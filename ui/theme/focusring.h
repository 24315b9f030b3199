#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace tidemark {

// The 2 px ring around the control that has the focus. Item views and painted surfaces show their own current
// item and get none.
class FocusRing : public QObject
{
    Q_OBJECT

public:
    explicit FocusRing(QObject *parent);
    ~FocusRing() override;

private:
    void follow(QWidget *now);

    QPointer<QFocusFrame> m_frame;
};

} // namespace tidemark
