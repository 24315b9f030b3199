#pragma once

#include <QWidget>

namespace tidemark {

class TextLabel;

// What met what, in the narrow pane of a day: a title over its explanation.
class ConflictCard : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictCard(QWidget *parent = nullptr);
    void say(const QString &title, const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TextLabel *m_title;
    TextLabel *m_text;
};

} // namespace tidemark
