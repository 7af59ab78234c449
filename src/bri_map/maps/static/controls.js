window.briMap=window.briMap||{attach(){},apply(){}};
