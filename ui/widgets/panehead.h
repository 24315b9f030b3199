#pragma once

#include <QWidget>

namespace tidemark {

class TextLabel;

// The 34 px line over a pane: its title, words beside it, words or a button at the right.
class PaneHead : public QWidget
{
    Q_OBJECT

public:
    explicit PaneHead(const QString &title, const QString &aside = {}, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setNote(const QString &note); // beside the title
    void addAction(QWidget *widget); // at the right

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TextLabel *m_title;
    TextLabel *m_note;
};

} // namespace tidemark
