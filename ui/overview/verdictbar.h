#pragma once

#include "overview/overviewwords.h"

namespace tidemark {

class GlyphMark;
class TextLabel;

// "4 of 5" with a dot for each, over what is counted.
class TallyMark : public QWidget
{
    Q_OBJECT

public:
    explicit TallyMark(const QString &label, QWidget *parent = nullptr);
    // The rest of the total is not known.
    void setCount(int good, int bad, int total);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString figure() const;
    [[nodiscard]] int dots() const { return m_total > 10 ? 0 : m_total; }

    QString m_label;
    int m_good = 0;
    int m_bad = 0;
    int m_total = 0;
};

// The sentence the overview opens with, and three counts.
class VerdictBar : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictBar(QWidget *parent = nullptr);
    void say(const VerdictWords &words);
    void count(const std::vector<OverviewRow> &rows);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    GlyphMark *m_glyph;
    TextLabel *m_sentence;
    TextLabel *m_support;
    TallyMark *m_answering;
    TallyMark *m_archiving;
    TallyMark *m_rights;
};

} // namespace tidemark
