variorum("stories-0",[["bridge","The harbour bridge","3 March 2024",3,"be89535b"]]);
