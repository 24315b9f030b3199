#pragma once

#include "theme/tokens.h"

#include <QBoxLayout>
#include <QScrollArea>
#include <QWidget>

namespace tidemark {

class TextLabel;

// A plain ground with a 1 px line at one side: headers, footers, side panes.
class Ground : public QWidget
{
    Q_OBJECT

public:
    enum class Line { None, Top, Bottom, Left, Right };
    Ground(Token ground, Line line, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Token m_ground;
    Line m_line;
};

// Fills its pane, and scrolls what has not enough room there. The ground is that of the pane.
[[nodiscard]] QScrollArea *makeScrolling(QWidget *content);

// 44 px: title and page controls at the left, acts at the right.
class PageHeader : public Ground
{
    Q_OBJECT

public:
    explicit PageHeader(QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setSubtitle(const QString &subtitle);
    // Children of a page, which get them back with the next call; make it before the page goes. What the page
    // has hidden stays so.
    void setControls(const std::vector<QWidget *> &left, const std::vector<QWidget *> &right);
    [[nodiscard]] QSize sizeHint() const override;

private:
    TextLabel *m_title;
    TextLabel *m_subtitle;
    QHBoxLayout *m_left;
    QHBoxLayout *m_right;
};

// 56 px: what is chosen or ready at the left, buttons at the right, the primary one last.
class Footer : public Ground
{
    Q_OBJECT

public:
    explicit Footer(QWidget *parent = nullptr);
    void addWords(QWidget *words);
    void addButton(QWidget *button);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void turn();

    QBoxLayout *m_row;
    QHBoxLayout *m_words;
    QBoxLayout *m_buttons;
};

// The pane at the right of a page, 320 to 380 px; 300 in a narrow window.
class SidePane : public Ground
{
    Q_OBJECT

public:
    explicit SidePane(QWidget *parent = nullptr);
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }
    void setNarrow(bool narrow);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    int m_least = 300; // px, when narrow

private:
    QVBoxLayout *m_column;
    bool m_narrow = false;
};

// "Section title   count or hint" above a table or list, 34 px.
class SectionHeader : public Ground
{
    Q_OBJECT

public:
    explicit SectionHeader(const QString &title, const QString &hint = {}, QWidget *parent = nullptr);
    void setHint(const QString &hint);
    void setAside(const QString &aside);
    [[nodiscard]] QSize sizeHint() const override;

private:
    TextLabel *m_hint;
    TextLabel *m_aside;
};

} // namespace tidemark
