// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: unproved undescribed sub_10010
// why: neither a symbol nor an unwind entry tells of the second function; it is not passed over in silence

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	leal	1(%rdi), %eax
	ret
	.cfi_endproc
	.size	f, .-f
	.p2align 4
g:
	leal	2(%rdi), %eax
	ret
