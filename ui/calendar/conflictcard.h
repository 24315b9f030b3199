#pragma once

#include <QWidget>

class QPushButton;

namespace tidemark {

class GlyphMark;
class TextLabel;

// What met what, or what cannot be restored, in the narrow pane of a day: a title over its explanation, and
// what can be done about it.
class ConflictCard : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictCard(QWidget *parent = nullptr);

    struct About {
        QString title;
        QString text;
        bool failed = false; // else it asks for attention
        bool accepted = false; // quiet, and can be taken back
        QString move; // "Move vacuum…"; empty: nothing can be moved
        bool canAccept = true;
    };
    void say(const About &about);

Q_SIGNALS:
    void moveWanted();
    void acceptWanted(); // or to take that back

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    About m_about;
    GlyphMark *m_mark;
    TextLabel *m_title;
    TextLabel *m_text;
    QPushButton *m_move;
    QPushButton *m_accept;
};

} // namespace tidemark
