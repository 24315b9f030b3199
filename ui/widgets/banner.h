#pragma once

#include "theme/errortext.h"
#include "theme/glyphs.h"

#include <QFrame>

class QBoxLayout;
class QPushButton;

namespace tidemark {

class GlyphMark;
class TextLabel;

// What must be said where it matters: a source that is silent, something that failed, something that is done.
// Hidden until told; each telling replaces the one before, with its buttons.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    // One line: what, and in secondary text what follows from it.
    void showWarning(const QString &title, const QString &text = {});
    // Other words in the banner that stands; its buttons and the focus stay.
    void setWords(const QString &title, const QString &text);
    // What failed, then the other side's own words, selectable.
    void showError(const QString &title, const Error &error);
    void showError(const Error &error);
    void showDone(const QString &text);
    void setAside(const QString &text); // at the right, before the buttons: "next try 22 s"
    QPushButton *addAction(const QString &text, std::function<void()> act);
    void clear();

    [[nodiscard]] QString plainText() const; // all of it, for the clipboard and tests

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    enum class Kind { Warning, Error, Done };
    void begin(Kind kind, Glyph glyph, const QString &title);
    void arrange();

    Kind m_kind = Kind::Warning;
    GlyphMark *m_mark;
    TextLabel *m_title;
    TextLabel *m_text;
    TextLabel *m_detail;
    TextLabel *m_aside;
    QBoxLayout *m_words;
    QBoxLayout *m_actions; // at the right end
    QBoxLayout *m_below; // under the words of an error
    QList<QPushButton *> m_buttons;
};

} // namespace tidemark
