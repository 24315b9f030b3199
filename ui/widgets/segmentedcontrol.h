#pragma once

#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace tidemark {

// A row of segments of which one is chosen. Arrow keys move, Tab passes.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(const QStringList &labels, QWidget *parent = nullptr);

    void setCurrent(int index);
    [[nodiscard]] int current() const;
    [[nodiscard]] QToolButton *segment(int index) const;

Q_SIGNALS:
    void currentChanged(int index); // by a person or setCurrent()

private:
    QButtonGroup *m_group;
};

} // namespace tidemark
