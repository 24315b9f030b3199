#pragma once

#include <QWidget>

class QPushButton;
class QTimer;

namespace tidemark {

class IconMark;
class TextLabel;

// Nothing to show: what is missing, what that costs, and one button that mends it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    // `act` empty: no button.
    EmptyState(const QString &icon, const QString &title, const QString &text, const QString &act,
        QWidget *parent = nullptr);
    [[nodiscard]] QPushButton *button() const { return m_button; }
    void setWords(const QString &title, const QString &text);

Q_SIGNALS:
    void activated();

private:
    TextLabel *m_title;
    TextLabel *m_text;
    QPushButton *m_button;
};

// Grey bars where rows will be. Shows itself only after 200 ms, so that a quick answer does not flicker.
class Skeleton : public QWidget
{
    Q_OBJECT

public:
    explicit Skeleton(int rows, int rowHeight = 26, QWidget *parent = nullptr);
    void begin(); // show soon
    void end(); // hide now

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_rows;
    int m_rowHeight;
    QTimer *m_soon;
};

} // namespace tidemark
