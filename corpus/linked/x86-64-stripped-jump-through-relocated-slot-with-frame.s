// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000 -z relro
// expect: OH204 f+0x1
// source: the twin of x86-64-stripped-jump-through-relocated-slot.silent.s
// why: the slot says that it is a function that f jumps to with its frame in place

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rax	# planted
	.cfi_def_cfa_offset	16
	jmp	*slot(%rip)
	.cfi_endproc
	.size	f, .-f
	.p2align	4
	.type	leaf, %function
leaf:
	.cfi_startproc
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	leaf, .-leaf
	.section	.data.rel.ro, "aw"
	.p2align	3
slot:
	.quad	leaf
