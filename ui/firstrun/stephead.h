#pragma once

#include <QWidget>

namespace tidemark {

class TextLabel;

// A numbered section title: the number in a disc, the title, a note beside it.
class StepHead : public QWidget
{
    Q_OBJECT

public:
    StepHead(int number, const QString &title, const QString &note, QWidget *parent = nullptr);
    void setNote(const QString &note);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_number;
    TextLabel *m_note;
};

// A labelled field in a form: the label's buddy, with its accessible name.
[[nodiscard]] TextLabel *fieldLabel(const QString &text, QWidget *field);

} // namespace tidemark
