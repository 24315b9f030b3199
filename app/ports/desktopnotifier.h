#pragma once

#include <QObject>
#include <QString>

namespace tidemark {

struct DesktopNotice {
    QString key; // told back when it is clicked
    QString title;
    QString text; // plain; may have several lines
    QString button; // what a click does

    bool operator==(const DesktopNotice &) const = default;
};

// What the desktop shows a person who looks elsewhere. notify() returns at once and promises nothing: a
// desktop without such a service shows nothing. Texts may hold anything.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void notify(DesktopNotice notice) = 0;

Q_SIGNALS:
    void clicked(const QString &key);
};

} // namespace tidemark
